// The panel shared by documentation, history and explorer keeps its scroll position when its content changes.

const LEADS_ON = "a.graphiql-doc-explorer-type-name, a.graphiql-doc-explorer-field-name, .graphiql-doc-explorer-back";

/** Scrolls the panel to its top, ready for the content drawn next. */
export function fromTop() {
  requestAnimationFrame(() => document.querySelector(".graphiql-plugin").scrollTo(0, 0));
}

/** Scrolls to the top on each documentation page. */
export function pagesFromTop(panel) {
  panel.addEventListener("click", ({ target }) => target.closest(LEADS_ON) && fromTop());
}
