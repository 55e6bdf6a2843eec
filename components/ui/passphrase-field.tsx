import { useId } from 'react';
import { TextInput } from './text-input';

/** A passphrase that is typed, and kept nowhere by the browser. */
export function PassphraseField({
  label,
  value,
  onChange,
  describedBy,
  isInvalid = false,
}: {
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
