import { useId, type RefObject } from 'react';
import { TextInput } from './text-input';

/** A passphrase that is typed, and kept nowhere by the browser. */
export function PassphraseField({
  ref,
  label,
  value,
  onChange,
  describedBy,
  isInvalid = false,
}: {
  ref?: RefObject<HTMLInputElement | null>;
  label: string;
  value: string;
  onChange: (value: string) => void;
  describedBy?: string;
  isInvalid?: boolean;
}) {
  const id = useId();
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id}>{label}</label>
      <TextInput
        ref={ref}
        id={id}
        type="password"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        aria-describedby={describedBy}
        aria-invalid={isInvalid}
        className="w-full max-w-80"
      />
    </div>
  );
}
