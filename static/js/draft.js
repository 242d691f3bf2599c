// Keeps what one types: form[data-draft-url] is sent every 1.5 s after a change, with the number of the draft it
// began from. A clash, an expired sign-in or a dead server never touches the fields; see security.md, browser storage.
//
// <form data-draft-url="…"> … <input type="hidden" name="revision" value="3"> … [data-draft-state] … [data-draft-conflict]
// Answers: 200 JSON {"revision": 4, "saved_at": "10:24"} · 409 HTML with both versions · 422 JSON or HTML: not kept.

const PAUSE_MS = 1500;
const RETRY_MS = [3000, 10000, 30000];

class Draft {
  constructor(form) {
    this.form = form;
    this.state = form.querySelector("[data-draft-state]") ?? document.querySelector("[data-draft-state]");
    this.clash = form.querySelector("[data-draft-conflict]") ?? document.querySelector("[data-draft-conflict]");
    this.changed = false;
    this.sending = false;
    this.stopped = false;
    this.failures = 0;
    this.signedOut = false;
    form.addEventListener("input", () => this.touch());
    form.addEventListener("change", () => this.touch());
    form.addEventListener("submit", (event) => {
      if (!event.defaultPrevented) this.leave();
    });
    window.addEventListener("beforeunload", (event) => {
      if (this.changed && this.failures > 0) event.preventDefault();
    });
    // Leaving, or putting the phone away: what is not sent yet goes out now.
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden" && this.changed && !this.stopped) this.send(true);
    });
    window.addEventListener("online", () => this.changed && this.send());
    // Coming back from the tab where one signed in again.
    window.addEventListener("focus", () => this.failures > 0 && this.changed && this.send());
  }

  touch() {
    if (this.stopped) return;
    this.changed = true;
    this.wait(PAUSE_MS);
  }

  wait(ms) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), ms);
  }

  leave() {
    this.stopped = true;
    this.changed = false;
    clearTimeout(this.timer);
  }

  body() {
    const data = new URLSearchParams();
    for (const [name, value] of new FormData(this.form)) if (typeof value === "string") data.append(name, value);
    return data;
  }

  async send(keepalive = false) {
    if (this.sending || this.stopped || !this.changed) return;
    clearTimeout(this.timer);
    this.sending = true;
    this.changed = false;
    if (this.failures === 0) this.say("saving");
    try {
      if (this.signedOut) await this.renew();
      const body = this.body();
      // Browsers refuse keepalive bodies above 64 KiB.
      const headers = { Accept: "application/json", "X-Requested-With": "draft" };
      const options = { method: "POST", body, headers, redirect: "manual", keepalive: keepalive && body.toString().length < 60000 };
      await this.hear(await fetch(this.form.dataset.draftUrl, options));
    } catch {
      this.fail("offline");
    } finally {
      this.sending = false;
    }
    if (this.changed && !this.stopped && this.failures === 0) this.wait(PAUSE_MS);
  }

  /** Who signs in again in another tab gets a new token: the page as it is now has it, and the fields stay as they are. */
  async renew() {
    const answer = await fetch(location.href, { redirect: "manual" });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const token = page.querySelector("input[name=csrfmiddlewaretoken]")?.value;
    if (!token) return;
    for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = token;
    document.body.setAttribute("hx-headers", page.body.getAttribute("hx-headers"));
  }

  async hear(answer) {
    if (answer.ok) {
      const { revision, saved_at: time } = await answer.json();
      this.form.elements.revision.value = revision;
      this.failures = 0;
      this.signedOut = false;
      this.say("saved", time);
    } else if (answer.status === 409) {
      this.show(await answer.text());
    } else if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) {
      this.fail("signed-out");
    } else if (answer.status >= 500 || answer.status === 429) {
      this.fail("offline");
    } else {
      this.say("refused");
    }
  }

  fail(state) {
    this.signedOut = state === "signed-out";
    this.changed = true;
    this.say(state);
    this.wait(RETRY_MS[Math.min(this.failures, RETRY_MS.length - 1)]);
    this.failures += 1;
  }

  /** Both versions, as the server drew them, beside the untouched fields. A button in there settles it by a plain post. */
  show(html) {
    this.stopped = true;
    this.say("conflict");
    if (!this.clash) return;
    const page = new DOMParser().parseFromString(html, "text/html");
    this.clash.replaceChildren(...page.body.childNodes);
    this.clash.hidden = false;
    this.clash.tabIndex = -1;
    this.clash.focus();
    // Keep mine: go on from the number that the server has now.
    this.clash.addEventListener("click", (event) => {
      const keep = event.target.closest("[data-draft-keep]");
      if (!keep) return;
      event.preventDefault();
      this.form.elements.revision.value = keep.dataset.draftKeep;
      this.clash.hidden = true;
      this.stopped = false;
      this.changed = true;
      this.send();
    });
  }

  say(state, time = "") {
    if (!this.state) return;
    const words = this.state.dataset;
    const text = { saved: words.saved, saving: words.saving, offline: words.offline, "signed-out": words.signedOut, refused: words.refused, conflict: words.conflict }[state];
    this.state.dataset.state = state;
    this.state.textContent = (text ?? "").replace("{time}", time);
    if (state === "signed-out" && words.signInUrl) {
      const link = document.createElement("a");
      link.href = words.signInUrl;
      link.target = "_blank";
      link.rel = "noopener";
      link.textContent = words.signIn;
      this.state.append(" ", link);
    }
  }
}

const known = new WeakSet();
const start = () => {
  for (const form of document.querySelectorAll("form[data-draft-url]")) {
    if (known.has(form)) continue;
    known.add(form);
    new Draft(form);
  }
};
start();
document.addEventListener("htmx:load", start);
