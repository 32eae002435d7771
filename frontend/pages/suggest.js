// Names that begin with what is typed, below each field that says where they are asked for. All else works without.
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

/** Sends the slug of the entry whose name a field shows, as long as it shows it; else what is typed is sent. */
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

// where an entry is asked for, its name is shown, unless others have it too; where words are, the name that begins so
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
