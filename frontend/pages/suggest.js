// Suggests names that start with the typed text, for each field with a suggestion URL. The pages work without this.
const DELAY = 120;

for (const field of document.querySelectorAll("input[data-suggest]")) {
  const list = document.createElement("datalist");
  list.id = `suggestions-${field.name}`;
  field.after(list);
  field.setAttribute("list", list.id);
  const choose = field.dataset.value === "slug" ? slugSender(field) : () => {};
  if (field.dataset.slug) choose(field.dataset.slug);
  let timer;
  let asked;
  field.addEventListener("input", () => {
    choose([...list.options].find(({ value }) => value === field.value)?.dataset.slug);
    clearTimeout(timer);
    timer = setTimeout(() => suggest(field, list), DELAY);
  });

  async function suggest(field, list) {
    asked?.abort();
    asked = new AbortController();
    const url = new URL(field.dataset.suggest, location.href);
    url.searchParams.set("text", field.value);
    for (const name of ["kind", "lang", "as_of"]) {
      const value = field.dataset[name] ?? field.form.elements[name]?.value;
      if (value) url.searchParams.set(name, value);
    }
    try {
      const response = await fetch(url, { signal: asked.signal });
      if (response.ok) list.replaceChildren(...options(field, await response.json()));
    } catch (error) {
      if (error.name !== "AbortError") throw error;
    }
  }
}

/** Sends the slug of the entry while the field shows its name; otherwise the typed text is sent. */
function slugSender(field) {
  const { name } = field;
  const sent = Object.assign(document.createElement("input"), { type: "hidden" });
  field.after(sent);
  return (slug) => {
    sent.name = slug ? name : "";
    sent.value = slug ?? "";
    field.name = slug ? "" : name;
  };
}

// a field for an entry shows its name, unless others share it; a field for words shows the matching name
function options(field, found) {
  return found.map(({ name, entry }) => {
    const element = document.createElement("option");
    if (field.dataset.value === "slug") {
      const isOnly = found.every((other) => other.entry.slug === entry.slug || other.entry.label !== entry.label);
      element.value = isOnly ? entry.label : entry.slug;
      element.dataset.slug = entry.slug;
    } else element.value = name;
    if (name !== entry.label || element.value === entry.slug) element.label = entry.label;
    return element;
  });
}
