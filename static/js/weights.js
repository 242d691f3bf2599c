// Weights of the pillars must add up to 100; the sum is said while one types. <fieldset data-weights data-weights-ok="…"
// data-weights-off="… {sum} …"> with number fields and an <output>. The server checks it again.

function sum(group) {
  const total = [...group.querySelectorAll("input[type=number]")].reduce((so, input) => so + (Number(input.value) || 0), 0);
  const output = group.querySelector("output");
  const fits = Math.abs(total - 100) < 0.001;
  const words = fits ? group.dataset.weightsOk : group.dataset.weightsOff;
  output.value = (words || "{sum}").replace("{sum}", String(Math.round(total * 100) / 100));
  output.className = fits ? "is-good" : "is-late";
  let x = 0;
  group.querySelectorAll("svg rect").forEach((bar, index) => {
    const weight = Number(group.querySelectorAll("input[type=number]")[index]?.value) || 0;
    bar.setAttribute("x", x);
    bar.setAttribute("width", Math.max(weight - 0.6, 0));
    x += weight;
  });
}

document.addEventListener("input", (event) => {
  const group = event.target.closest?.("[data-weights]");
  if (group) sum(group);
});
const start = () => document.querySelectorAll("[data-weights]").forEach(sum);
start();
document.addEventListener("htmx:load", start);
