// GraphiQL's dialogues close without giving the focus back, and the keyboard would begin anew at the top.

/** Gives the focus back to the button that opened a dialogue. */
export function givenBack() {
  let opener = null;
  document.addEventListener("click", ({ target }) => (opener = target.closest(".graphiql-sidebar [data-value]") ?? opener));
  new MutationObserver(() => {
    if (document.querySelector("[role=dialog]") || document.activeElement !== document.body) return;
    opener?.focus();
    opener = null;
  }).observe(document.body, { childList: true });
}
