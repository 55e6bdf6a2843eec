/** The words of a reply: its model is asked, and what it says goes into the reply as it comes. */
import type { LanguageModelV4, LanguageModelV4Prompt } from '@ai-sdk/provider';
import type { ErrorKind } from '../errors';
import { log } from '../log';
import { errorDataOf } from '../provider-error';
import { continuationPrompt, joinerFor, type Joiner } from '../stream/continuation';
import { modelParts } from '../stream/model-parts';
import { callOptions, toldOf, withEnd } from './model-call';
import { toModelPrompt } from './model-prompt';
import { addText, pieceWriter, type Piece } from './pieces';
import { addImage } from './pictures';
import type { Run, Told } from './run';

/**
 * What a server says to pictures that it does not take, or not so many or such large ones: whether a
 * model sees is often guessed by its name. llama.cpp calls it a fault of its own
 * (https://github.com/ggml-org/llama.cpp/issues/13566).
 */
const imageTroubles: ErrorKind[] = ['refused', 'too-long', 'unsupported'];
const IMAGE_WORDS = /image|vision|multimodal|mmproj/iu;

/** How the conversation is put to the model. */
type PromptFor = (images: { isWithoutImages?: boolean }) => Promise<LanguageModelV4Prompt>;
type OnPiece = (piece: Piece) => Promise<void>;

/** Has the model answer the prompt before the reply. */
export function streamText(run: Run): Promise<Told> {
  const { opened, reply } = run;
  const promptFor: PromptFor = (images) =>
    toModelPrompt(opened.conversation, reply.parentId, reply.model, images);
  return askModel(run, promptFor, pieceWriter(run));
}

/** Has the model go on with the text before, and joins the two. */
export async function continueText(run: Run, before: string): Promise<Told> {
  const joiner: Joiner = joinerFor(before);
  const { opened, reply } = run;
  const following = continuationPrompt(before);
  const promptFor: PromptFor = (images) =>
    toModelPrompt(opened.conversation, reply.id, reply.model, { following, ...images });
  try {
    return await askModel(run, promptFor, async (piece) => {
      // What is thought in between would stand in the middle of a sentence.
      if (piece.type === 'text') addText(run, joiner.push(piece.delta));
      if (piece.type !== 'image') return;
      addText(run, joiner.end());
      await addImage(run, piece.data);
    });
  } finally {
    addText(run, joiner.end());
  }
}

/**
 * Asks the model; where nothing came and the pictures may be why, once more without them, so that one
 * picture does not end a conversation with the model.
 */
async function askModel(run: Run, promptFor: PromptFor, onPiece: OnPiece): Promise<Told> {
  const prompt = await promptFor({});
  let hasCome = false;
  try {
    return await readStream(run, prompt, (piece) => {
      hasCome = true;
      return onPiece(piece);
    });
  } catch (thrown) {
    run.signal.throwIfAborted();
    const { kind: error, detail = '' } = errorDataOf(thrown);
    const isOfImages =
      error === 'server-fault' ? IMAGE_WORDS.test(detail) : imageTroubles.includes(error);
    if (hasCome || !hasFiles(prompt) || !isOfImages) throw thrown;
    log({ level: 'warn', event: 'picture-not-sent', requestId: run.reply.id, error });
    const told = await readStream(run, await promptFor({ isWithoutImages: true }), onPiece);
    return { ...told, isWithoutImages: true };
  }
}

function hasFiles(prompt: LanguageModelV4Prompt): boolean {
  return prompt.some(
    ({ content }) => typeof content !== 'string' && content.some(({ type }) => type === 'file'),
  );
}

/** Hands on what the model says, thinks and draws, and what it tells at its end; throws what ends it early. */
async function readStream(
  { opened, reply, provider, modelId, context, signal, onArrival }: Run,
  prompt: LanguageModelV4Prompt,
  onPiece: OnPiece,
): Promise<Told> {
  const model: LanguageModelV4 = provider.languageModel(modelId, context);
  const options = await callOptions(opened.conversation, reply.model, prompt);
  const { stream } = await model.doStream({ ...options, abortSignal: signal });
  const encoder = new TextEncoder();
  let gap = '';
  let told: Told = {};
  const parts = withEnd(modelParts(stream), (end) => (told = toldOf(end)));
  for await (const part of parts) {
    signal.throwIfAborted();
    if (part.type === 'reasoning-start') {
      // Some models think long before their first word of it, and in several paragraphs.
      onArrival(0);
      await onPiece({ type: 'reasoning', delta: gap });
      gap = '\n\n';
      continue;
    }
    if ('delta' in part) onArrival(encoder.encode(part.delta).length);
    await onPiece(part);
  }
  return told;
}
