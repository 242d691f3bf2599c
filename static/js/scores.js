// The weighted mean of a rubric while one scores, and what it speaks for. The server says the same after a post.
// data-scores on the form; each criterion is a [data-score] with data-weight; the words lie hidden in the page.

const start = (form) => {
  const output = document.querySelector("[data-mean]");
  const advice = [...form.querySelectorAll("[data-advice]")];

  const show = () => {
    const criteria = [...form.querySelectorAll("[data-score]")].map((group) => ({
      weight: Number(group.dataset.weight),
      level: Number(group.querySelector(":checked")?.value ?? 0),
    }));
    const whole = criteria.reduce((sum, one) => sum + one.weight, 0);
    const complete = whole > 0 && criteria.every((one) => one.level);
    const hundredths = complete ? Math.round((criteria.reduce((sum, one) => sum + one.weight * one.level, 0) * 100) / whole) : 0;
    if (output) output.textContent = complete ? (hundredths / 100).toFixed(2) : "–";
    const against = {
      not_yet: criteria.some((one) => one.level === 1),
      several_nearly: criteria.filter((one) => one.level === 2).length > 1,
      low_mean: hundredths < 300,
    };
    const speaksFor = complete && !Object.values(against).some(Boolean);
    for (const element of advice) {
      const { advice: code } = element.dataset;
      element.hidden = !complete || (code === "for" ? !speaksFor : code === "against" ? speaksFor : !against[code]);
    }
  };
  form.addEventListener("change", show);
  show();
};

for (const form of document.querySelectorAll("form[data-scores]")) start(form);
