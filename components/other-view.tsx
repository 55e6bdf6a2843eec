import { useEffect, useState } from 'react';
import { openConversation } from '@/lib/panel/actions';
import { useChat, type View } from '@/lib/panel/chat-store';
import { exportConversation, exportImages } from '@/lib/panel/exports';

type Views = Awaited<ReturnType<typeof loadViews>>;

async function loadViews() {
  const [{ History }, { Gallery }] = await Promise.all([import('./history'), import('./gallery')]);
  return { History, Gallery };
}

/**
 * What stands in the place of the chat. The panel opens without its code, which is loaded when the
 * conversation is there: the first click finds it.
 */
export function OtherView({ view }: { view: View }) {
  const [views, setViews] = useState<Views>();
  const isNeeded = useChat(({ conversation }) => conversation !== null) || view !== 'chat';
  useEffect(() => {
    if (isNeeded) void loadViews().then(setViews);
  }, [isNeeded]);
  if (views && view === 'history') {
    return (
      <views.History
        onOpen={openConversation}
        onOpenHit={({ conversationId, messageId }, query) =>
          openConversation(conversationId, { conversationId, messageId, query })
        }
        onExport={exportConversation}
      />
    );
  }
  if (views && view === 'gallery') {
    return (
      <views.Gallery
        onOpen={(conversationId, messageId) =>
          openConversation(conversationId, { conversationId, messageId, query: '' })
        }
        onExport={exportImages}
      />
    );
  }
  return null;
}
