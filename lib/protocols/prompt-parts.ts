import { UnsupportedFunctionalityError, type LanguageModelV4Message } from '@ai-sdk/provider';
import { toBase64 } from '../stream/base64';

/** What a message of a prompt holds, as every protocol can say it. */
export type PromptPart =
  | { type: 'text'; text: string }
  | { type: 'file'; mediaType: string; base64: string; name: string };

/** The texts and files of a message; earlier reasoning and tools are left out. */
export function promptParts({ content }: LanguageModelV4Message): PromptPart[] {
  if (typeof content === 'string') return [{ type: 'text', text: content }];
  return content.flatMap((part): PromptPart[] => {
    if (part.type === 'text') return [{ type: 'text', text: part.text }];
    if (part.type !== 'file') return [];
    const { data, mediaType, filename: name = '' } = part;
    if (data.type === 'text') return [{ type: 'text', text: data.text }];
    if (data.type !== 'data') {
      throw new UnsupportedFunctionalityError({ functionality: `files by ${data.type}` });
    }
    const base64 = typeof data.data === 'string' ? data.data : toBase64(data.data);
    return [{ type: 'file', mediaType, base64, name }];
  });
}

/** The texts of a message, joined. */
export function promptText(message: LanguageModelV4Message): string {
  return promptParts(message)
    .map((part) => (part.type === 'text' ? part.text : ''))
    .join('');
}
