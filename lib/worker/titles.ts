/** A better title from the model, where the person asked for that in Settings. */
import { isTemporary } from '../conversation';
import { textOf } from '../message-text';
import { errorDataOf } from '../provider-error';
import { log } from '../log';
import { activeBranch } from '../message-tree';
import { modelTitles } from '../settings';
import type { OpenConversation } from './conversation-store';
import { contextFor, providerOf, taskOf } from './models';
import { publish } from './ports';

const TITLE_LIMIT = 80;
/** Characters of a message that the model gets to see for it. */
const EXCERPT = 1500;
/** Milliseconds. */
const TIME_LIMIT = 60_000;

const INSTRUCTION =
  'Write a title for this conversation: at most six words, in its language, without quotation ' +
  'marks and without a full stop. Answer with the title alone.';

/** Asks for a title after the first reply, unless the person has given one. */
export async function improveTitle(opened: OpenConversation): Promise<void> {
  const { titleBy } = opened.conversation;
  const shown = activeBranch(opened.conversation);
  // Who answered has the text already; nobody else is shown it.
  const [, reply] = shown;
  const model = reply?.model;
  if (!model || titleBy !== 'prompt' || shown.length !== 2) return;
  if (isTemporary(opened.conversation)) return;
  if (!(await modelTitles.getValue())) return;
  if ((await taskOf(model)).output !== 'text') return;
  const talk = shown.map((message) => textOf(message).slice(0, EXCERPT)).join('\n\n');
  try {
    const provider = await providerOf(reply, model);
    const context = await contextFor(provider);
    const { content } = await provider.languageModel(model.model, context).doGenerate({
      abortSignal: AbortSignal.timeout(TIME_LIMIT),
      prompt: [{ role: 'user', content: [{ type: 'text', text: `${INSTRUCTION}\n\n${talk}` }] }],
    });
    const answer = content.map((part) => (part.type === 'text' ? part.text : '')).join('');
    const title = cleanTitle(answer);
    if (title && opened.conversation.titleBy === 'prompt') {
      publish(opened, { type: 'title-change', title, by: 'model' });
    }
  } catch (error) {
    // The title from the prompt stays; that is no trouble to the person.
    log({ level: 'warn', event: 'title-failed', ...model, error: errorDataOf(error).kind });
  }
}

/** The first line that says something, without the marks that models put around it. */
function cleanTitle(answer: string): string {
  const line = answer.split('\n').find((text) => text.trim()) ?? '';
  return line
    .replace(/^[\s#*"'“”«»]+|[\s*"'“”«».]+$/gu, '')
    .slice(0, TITLE_LIMIT)
    .trim();
}
