graphql`
  query TwoDaysQuery($slug: String!, $then: Date!) {
    now: person(slug: $slug) {
      ...PersonFacts
      ...ActorQuotes
    }
    then: person(slug: $slug, asOf: $then) {
      ...PersonFacts
      ...ActorQuotes
    }
  }
`;
