// What the browser keeps of the tabs, apart from any other GraphiQL at the same host and port.

const PREFIX = `gipfelbuch ${location.pathname} `;

function kept() {
  return Object.keys(localStorage).filter((name) => name.startsWith(PREFIX));
}

const memory = {
  getItem: (name) => localStorage.getItem(PREFIX + name),
  setItem: (name, value) => localStorage.setItem(PREFIX + name, value),
  removeItem: (name) => localStorage.removeItem(PREFIX + name),
  clear: () => kept().forEach((name) => localStorage.removeItem(name)),
  get length() {
    return kept().length;
  },
};

/** The storage for GraphiQL; null where the browser allows none, and then nothing is kept. */
export function allowedMemory() {
  try {
    kept();
    return memory;
  } catch {
    return null;
  }
}

/** The query and the variables that were last in front, or null on a first visit. */
export function lastSeen(storage) {
  try {
    const { tabs, activeTabIndex } = JSON.parse(storage.getItem("graphiql:tabState"));
    const { query, variables } = tabs[activeTabIndex];
    return { query: query ?? "", variables: variables ?? "" };
  } catch {
    return null;
  }
}
