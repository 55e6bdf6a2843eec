/** What a model says, thinks and draws, on its way into the reply. */
import type { ModelPart } from '../stream/model-parts';
import { addImage } from './pictures';
import { publish } from './ports';
import type { Run } from './run';

/** What stands in a reply, piece by piece. */
export type Piece = Exclude<ModelPart, { type: 'reasoning-start' }>;

export function pieceWriter(run: Run): (piece: Piece) => Promise<void> {
  const { opened, reply } = run;
  let isThinking = false;
  return async (piece) => {
    const about = { messageId: reply.id, at: Date.now() };
    const isThought = piece.type === 'reasoning';
    if (isThought) publish(opened, { type: 'reasoning-delta', text: piece.delta, ...about });
    else if (isThinking) publish(opened, { type: 'reasoning-end', ...about });
    isThinking = isThought;
    if (piece.type === 'text') addText(run, piece.delta);
    if (piece.type === 'image') await addImage(run, piece.data);
  };
}

export function addText({ opened, reply }: Run, text: string): void {
  if (text) publish(opened, { type: 'text-delta', messageId: reply.id, text });
}
