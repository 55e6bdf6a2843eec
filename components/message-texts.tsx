/** The texts of messages that do not stand in the document. */
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import type { Message } from '@/lib/conversation';
import { textOf } from '@/lib/message-text';
import { Markdown } from './reading/markdown';

/** Draws what is copied of these messages, at once and apart from the page; no picture is loaded. */
export function drawTexts(messages: Message[]): Node {
  const stage = document.createElement('div');
  const root = createRoot(stage);
  flushSync(() => root.render(messages.map((message) => <Text key={message.id} {...message} />)));
  const drawn = stage.cloneNode(true);
  root.unmount();
  return drawn;
}

function Text({ role, parts, deletedAt }: Message) {
  if (deletedAt !== undefined) return null;
  return (
    <div data-message-text>
      {role === 'user'
        ? textOf({ parts })
        : parts.map((part, index) =>
            part.type === 'text' ? (
              <Markdown key={index} text={part.text} />
            ) : (
              part.type === 'image' && part.image && <img key={index} alt={part.prompt} />
            ),
          )}
    </div>
  );
}
