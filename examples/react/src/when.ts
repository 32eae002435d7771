type Day = { label: string } | null;

/** When something was or, as far as was known, was to be. */
export function when({ date, plannedDate }: { date: Day; plannedDate?: Day }) {
  return date?.label ?? (plannedDate ? `planned for ${plannedDate.label}` : "no day known");
}
