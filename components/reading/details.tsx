import { ChevronRight } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { t } from '@/lib/i18n';
import type { Details as DetailsNode } from '@/lib/markdown/details';

/** What a model folded away. What is still being written is open, and stays so when it ends. */
export function Details({ node, children }: { node: DetailsNode; children: ReactNode }) {
  const [isOpen, setOpen] = useState(node.isOpen || !node.isClosed);
  return (
    <details
      className="fold"
      open={isOpen}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary>
        <ChevronRight size={15} strokeWidth={1.75} aria-hidden />
        <span dir="auto">{node.summary || t('details')}</span>
      </summary>
      <div className="prose">{children}</div>
    </details>
  );
}
