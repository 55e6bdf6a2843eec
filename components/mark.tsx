/** Aside's mark: a page with a panel beside it, and a spark in the panel. Drawn as in scripts/draw-icons.ts. */
export function Mark({ className }: { className: string }) {
  return (
    <svg viewBox="0 0 32 32" className={className} aria-hidden>
      <rect width="32" height="32" rx="9" className="fill-accent" />
      <path
        className="stroke-accent-ink"
        fill="none"
        strokeWidth="2"
        strokeLinecap="round"
        d="M7 10h4M7 16h2M7 22h4"
      />
      <path
        className="fill-accent-ink"
        d="M20 7C20.7 12.6 22.7 15.1 27 16 22.7 16.9 20.7 19.4 20 25 19.3 19.4 17.3 16.9 13 16 17.3 15.1 19.3 12.6 20 7z"
      />
    </svg>
  );
}
