// Initial values that the explorer inserts for arguments: entries of the register, by field and argument.

/** By field name, then argument name. */
export const EXAMPLES = {
  agreement: { slug: "singapore-joint-statement-2018" },
  claim: { slug: "kremlin-60319-vladivostok-2019-status-scheduled" },
  conflict: { slug: "hanoi-2019-date" },
  country: { code: "KP" },
  decidedBy: { property: "date" },
  event: { slug: "vladivostok-2019-held" },
  fact: { slug: "hanoi-2019" },
  invitation: { slug: "lavrov-invites-kim-to-russia" },
  leader: { slug: "kim-jong-un" },
  meeting: { slug: "hanoi-2019" },
  node: { id: "U3VtbWl0Omhhbm9pLTIwMTk" },
  nodes: { ids: ["U3VtbWl0Omhhbm9pLTIwMTk"] },
  organisation: { slug: "kcna" },
  path: { from: "kim-jong-un", to: "vladimir-putin" },
  person: { slug: "kim-jong-un" },
  place: { slug: "dmz" },
  quote: { slug: "donald-trump-love-letters" },
  relationship: { between: ["kim-jong-un", "donald-trump"] },
  search: { text: "Hanoi" },
  source: { slug: "kremlin-60319" },
  suggest: { text: "Wlad" },
  summit: { slug: "hanoi-2019" },
};

/** By scalar name, for all other arguments. */
export const TYPICAL = {
  Boolean: true,
  Date: "2019-04-18",
  Float: 0,
  Int: 10,
  LanguageTag: "de",
};
