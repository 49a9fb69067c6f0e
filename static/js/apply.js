// Shows a group of fields only when the answer before it asks for them. Without it all are shown,
// and the server leaves out what has no point.
"use strict";

(() => {
  const form = document.getElementById("step-form");
  if (!form) return;

  const answerTo = (name) => {
    const field = form.elements.namedItem(name);
    if (!field) return "";
    if (field instanceof RadioNodeList) return field.value;
    return field.type === "checkbox" ? (field.checked ? "yes" : "") : field.value;
  };

  const update = () => {
    for (const group of form.querySelectorAll("[data-when]")) {
      group.hidden = !group.dataset.is.split(" ").includes(answerTo(group.dataset.when));
    }
    for (const group of form.querySelectorAll("[data-unless]")) {
      group.hidden = answerTo(group.dataset.unless) === "yes";
    }
  };

  // What the server found wrong is shown until an answer changes.
  const showWrong = () => {
    for (const wrong of form.querySelectorAll(".field-wrong")) {
      const group = wrong.closest("[data-when], [data-unless]");
      if (group) group.hidden = false;
    }
  };

  // Enter in the search box searches; everywhere else it saves and goes on.
  const find = form.querySelector('button[name="find"]');
  form.elements.namedItem("employer_query")?.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || !find) return;
    event.preventDefault();
    form.requestSubmit(find);
  });

  form.addEventListener("change", update);
  update();
  showWrong();
})();
