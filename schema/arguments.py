"""Descriptions of field arguments: one description per name wherever it is used, except for a few fields."""

from service.planner.parameters import DEFAULT_SIZE, MAX_SIZE

SLUG_OF_ACTOR = "Slug of the entry, in lower case with hyphens. A former slug and the Wikidata ID work too."
ARGUMENTS = {
    "id": "ID returned by the register.",
    "ids": "IDs returned by the register, at most 100.",
    "slug": "Slug of the entry, in lower case with hyphens. A former slug works too.",
    "actor.slug": SLUG_OF_ACTOR,
    "leader.slug": SLUG_OF_ACTOR,
    "organisation.slug": SLUG_OF_ACTOR,
    "person.slug": SLUG_OF_ACTOR,
    "code": "ISO 3166-1 alpha-2 or alpha-3 code, ISO 3166-3 code of a former state, slug or Wikidata ID.",
    "asOf": "Return what sources published on or before this day had reported, not what had happened by then.",
    "filter": "Return only entries that meet all the given conditions.",
    "orderBy": "Sort order of the list.",
    "since": "A revision of the register.",
    "first": (
        f"Number of entries to return from the start, 0 to {MAX_SIZE}. Defaults to {DEFAULT_SIZE} when neither "
        "`first` nor `last` is given."
    ),
    "counts.first": "Number of rows to return, the most frequent first, 0 to 1000.",
    "suggest.first": "Number of suggestions to return, 0 to 20.",
    "after": "Return only entries after this cursor.",
    "last": f"Number of entries to return from the end, 0 to {MAX_SIZE}.",
    "before": "Return only entries before this cursor.",
    "language": (
        "BCP 47 language tag. Falls back to a language with the same primary subtag, then to English, then "
        "to any language."
    ),
    "names.language": "Limit to these languages, each given as the full BCP 47 tag that the names use.",
    "translation.language": (
        "BCP 47 language tag. For ko-Kore, a translation in ko is returned too; there is no "
        "fallback to another language."
    ),
    "kind": "Limit to these kinds.",
    "role": "Limit to these roles.",
    "on": "Only offices held on this day count.",
    "property": "Name of a field in camel case, such as status, date or place.",
    "direction": "Limit to invitations that the actor issued, or to those that the actor received.",
    "from": "Slug of the person at the start of the path.",
    "to": "Slug of the person at the end of the path.",
    "maxLength": "Maximum number of steps, 1 to 6.",
    "setting": "Limit meetings to these settings. Facts other than meetings count regardless.",
    "between": "Two slugs, Wikidata IDs or, for states, ISO 3166 codes.",
    "date": "Only events dated in this range.",
    "meetingCount.date": "Only meetings dated in this range.",
    "network.date": "Only facts dated in this range.",
    "network.first": "Number of ties to return, 0 to 100.",
    "around": (
        "Slug of the person at the centre. Returns this person's own ties and those between the people tied to "
        "this person."
    ),
    "by": "What to group by.",
    "suggest.text": "A name or the beginning of one.",
    "text": (
        'Text to search for, which may contain words, "phrases", `-not` and `or`. The last word is matched as the '
        "beginning of a word."
    ),
}
