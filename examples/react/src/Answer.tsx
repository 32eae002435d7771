import type { ReactNode } from "react";

type Result<Data> = { data?: Data; error?: Error };

/** What a query has come to: its error, that it is on its way, or its data as `children` draws them. */
export function Answer<Data>({ of: { data, error }, children }: { of: Result<Data>; children: (data: Data) => ReactNode }) {
  if (error) return <p role="alert">{error.message}</p>;
  if (!data) return <p role="status">Asking the register …</p>;
  return children(data);
}
