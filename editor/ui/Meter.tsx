import './Meter.css';

/** A share of a whole, 0 to 1, in words for screen readers. */
export function Meter({ value, label, tone }: { value: number; label: string; tone?: string }) {
  const width = `${Math.round(Math.min(1, Math.max(0, value)) * 100)}%`;
  return (
    <span className="meter" role="img" aria-label={`${label}: ${width}`}>
      <i style={{ width, ...(tone && { background: `var(--baton-${tone})` }) }} />
    </span>
  );
}
