// The tabs of a first visit, in the order in which they tell the story.
import conflictsVariables from "./tabs/conflicts.json";
import conflicts from "./tabs/conflicts.graphql";
import quoteVariables from "./tabs/quote.json";
import quote from "./tabs/quote.graphql";
import searchVariables from "./tabs/search.json";
import search from "./tabs/search.graphql";
import spellingsVariables from "./tabs/spellings.json";
import spellings from "./tabs/spellings.graphql";
import timelineVariables from "./tabs/timeline.json";
import timeline from "./tabs/timeline.graphql";
import vladivostokVariables from "./tabs/vladivostok.json";
import vladivostok from "./tabs/vladivostok.graphql";

function tab(query, variables) {
  return { query, variables: JSON.stringify(variables, null, 2) };
}

export const TABS = [
  tab(vladivostok, vladivostokVariables),
  tab(quote, quoteVariables),
  tab(timeline, timelineVariables),
  tab(conflicts, conflictsVariables),
  tab(spellings, spellingsVariables),
  tab(search, searchVariables),
];
