type PageInfo = { hasNextPage: boolean; endCursor: string | null };
type FetchMore = (options: { variables: { after: string | null } }) => Promise<unknown>;

/** Fetches the next page of a list, if there is one; the cache puts it behind what is there. */
export function More({ pageInfo, fetchMore }: { pageInfo: PageInfo; fetchMore: FetchMore }) {
  if (!pageInfo.hasNextPage) return null;
  return <button onClick={() => fetchMore({ variables: { after: pageInfo.endCursor } })}>More</button>;
}
