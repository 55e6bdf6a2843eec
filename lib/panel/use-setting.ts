import { useEffect, useState } from 'react';

/** As much of a setting as is read. */
interface Readable<Value> {
  fallback: Value;
  getValue(): Promise<Value>;
  watch(onChange: (value: Value) => void): () => void;
}

/** A setting's value, also when it changes elsewhere; its default until it is read. */
export function useSetting<Value>(setting: Readable<Value>): Value {
  const [value, setValue] = useState(setting.fallback);
  useEffect(() => {
    void setting.getValue().then(setValue);
    return setting.watch(setValue);
  }, [setting]);
  return value;
}
