// The day that everything is seen from stands in the address, ?asOf=2019-04-18#/people/kim-jong-un: a link keeps it.
import { useLocation, useSearchParams } from "wouter";

/** The day, if one is chosen, and a function that chooses another; "" is now. */
export function useAsOf() {
  const [params] = useSearchParams();
  const [page, navigate] = useLocation();
  const choose = (day: string) => navigate(`${page}?${day && `asOf=${day}`}`);
  return [params.get("asOf") ?? undefined, choose] as const;
}
