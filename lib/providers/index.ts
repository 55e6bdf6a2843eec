/** The list of providers: adding one is its file, a line here and a folder of recorded answers. */
import type { Provider } from '../provider';
import { aiChats } from './ai-chats';

export const providers: Provider[] = [aiChats];
