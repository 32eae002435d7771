// Names that begin with what is typed, below each field that says where they are asked for. All else works without.
const DELAY = 120;

for (const field of document.querySelectorAll("input[data-suggest]")) {
  const list = document.createElement("datalist");
  list.id = `suggestions-${field.name}`;
  field.after(list);
  field.setAttribute("list", list.id);
  let timer;
  let asked;
  field.addEventListener("input", () => {
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
      if (response.ok) list.replaceChildren(...(await response.json()).map(option(field)));
    } catch (error) {
      if (error.name !== "AbortError") throw error;
    }
  }
}

// where an entry is asked for, its slug is what counts; where words are, its name
function option(field) {
  return ({ name, entry }) => {
    const element = document.createElement("option");
    element.value = field.dataset.value === "slug" ? entry.slug : name;
    if (name !== entry.label || field.dataset.value === "slug") element.label = entry.label;
    return element;
  };
}
