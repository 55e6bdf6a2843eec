/** Aside's mark: a page with a panel beside it, and a spark in the panel. Drawn as in public/icon. */
export function Mark({ className }: { className: string }) {
  return (
    <svg viewBox="0 0 32 32" className={className} aria-hidden>
      <rect width="32" height="32" rx="9.5" className="fill-accent" />
      <path
        className="stroke-accent-ink"
        fill="none"
        strokeWidth="2"
        strokeLinecap="round"
        d="M8 10h5M8 16h3.5M8 22h5"
      />
      <path
        className="fill-accent-ink"
        d="M20 8c.6 4.6 2.4 6.9 6.5 8-4.100 1.100-5.900 3.400-6.500 8-.6-4.600-2.400-6.900-6.500-8 4.100-1.100 5.900-3.400 6.500-8z"
      />
    </svg>
  );
}
