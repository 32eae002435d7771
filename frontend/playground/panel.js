// The panel that documentation, history and explorer share stays where it was scrolled to, whatever it shows next.

const LEADS_ON = "a.graphiql-doc-explorer-type-name, a.graphiql-doc-explorer-field-name, .graphiql-doc-explorer-back";

/** Shows the panel from its top; right for whatever is drawn next. */
export function fromTop() {
  requestAnimationFrame(() => document.querySelector(".graphiql-plugin").scrollTo(0, 0));
}

/** Shows each page of the documentation from its top. */
export function pagesFromTop(panel) {
  panel.addEventListener("click", ({ target }) => target.closest(LEADS_ON) && fromTop());
}
