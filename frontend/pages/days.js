// Slider over the publication dates, next to the date field. Its last position is today.
for (const field of document.querySelectorAll("input[data-slider]")) {
  const options = [...field.list.options];
  const days = options.map((option) => option.value);
  // shown if no day is chosen
  const places = [...days, ""];
  // in the language of the page
  const names = [...options.map((option) => option.label), field.dataset.today];
  const slider = Object.assign(document.createElement("input"), { type: "range", min: 0, max: days.length });
  slider.setAttribute("aria-label", field.dataset.slider);
  const shown = document.createElement("output");
  // the slider itself announces its name
  shown.setAttribute("aria-hidden", "true");
  const box = document.createElement("div");
  box.className = "slider";
  box.append(slider, shown);
  field.form.append(box);

  function show() {
    const words = names[slider.value];
    slider.setAttribute("aria-valuetext", words);
    shown.value = words;
  }

  // the last publication date up to the date in the field
  function follow() {
    slider.value = field.value ? Math.max(0, days.findLastIndex((day) => day <= field.value)) : days.length;
    show();
  }

  slider.addEventListener("input", () => {
    field.value = places[slider.value];
    show();
  });
  field.addEventListener("input", follow);
  follow();
}
