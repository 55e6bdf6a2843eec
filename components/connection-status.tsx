import { useEffect, useState } from 'react';
import { t } from '@/lib/i18n';
import { useChat } from '@/lib/panel/chat-store';

/** Reconnecting takes a moment and is nobody's business; only a long one is told. */
const TOLD_AFTER = 3000;

export function ConnectionStatus() {
  const isConnected = useChat((state) => state.isConnected);
  return isConnected ? null : <Reconnecting />;
}

function Reconnecting() {
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), TOLD_AFTER);
    return () => clearTimeout(timer);
  }, []);
  return (
    <p role="status" className="px-4 text-[13px] text-ink-2">
      {isLong && t('reconnecting')}
    </p>
  );
}
