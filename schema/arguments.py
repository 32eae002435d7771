"""What the arguments of fields mean: one meaning for each name, wherever it stands."""

ARGUMENTS = {
    "id": "An id that the register gave.",
    "ids": "Ids that the register gave, at most 100.",
    "slug": "Names the entry, in lower case with hyphens.",
    "code": "ISO 3166-1 alpha-2 or alpha-3, or the slug.",
    "asOf": "Answers with what sources published on or before this day had told - not with what had happened by then.",
    "filter": "Only those for which all given fields hold.",
    "orderBy": "How the list is sorted.",
    "first": "How many from the beginning, 0 to 100; 20 when neither `first` nor `last` is given.",
    "after": "Only what comes after this cursor.",
    "last": "How many from the end, 0 to 100.",
    "before": "Only what comes before this cursor.",
    "language": "BCP 47 tag. Falls back to one of the same primary subtag, then to English, then to any.",
    "kind": "Of one of these kinds.",
    "role": "In one of these roles.",
    "on": "A day.",
    "property": "Name of a field in camel case, such as status, date or place.",
    "direction": "Issued by the actor, or received.",
    "by": "What to group by.",
}
