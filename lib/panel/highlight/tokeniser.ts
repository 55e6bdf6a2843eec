/** Tells the kinds of the words in code, line by line. Runs in the highlighting thread. */
import { createShikiPrimitive, type LanguageRegistration } from '@shikijs/core';
import { EncodedTokenMetadata, type IGrammar, type StateStack } from '@shikijs/core/textmate';
import { createJavaScriptRegexEngine } from '@shikijs/engine-javascript';
import { embeddedGrammars } from './embedded';
import { grammars } from './grammars';
import type { LineColours } from './kinds';
import type { GrammarId } from './languages';
import { createTheme, kindOfColour } from './theme';

/** A line with more characters stays plain. */
const LINE_LIMIT = 2000;
const shiki = createShikiPrimitive({
  // A few patterns have no form in JavaScript; the rest of their grammar works.
  engine: createJavaScriptRegexEngine({ forgiving: true }),
  themes: [createTheme()],
  langs: [],
});
const { colorMap } = shiki.setTheme('kinds');
const kindOfNumber = colorMap.map(kindOfColour);

/** Reads the lines of one block in order, and remembers where in the grammar it is. */
export class Tokeniser {
  readonly #grammar: IGrammar;
  #state: StateStack | null = null;

  constructor(grammar: IGrammar) {
    this.#grammar = grammar;
  }

  /** The colours of the next line. */
  next(line: string): LineColours {
    return this.#read(line, (state) => (this.#state = state));
  }

  /**
   * The colours of a line that may not have its end yet: the next one is read as if it never was, and
   * what the line grows by is plain until its own colours are told.
   */
  peek(line: string): LineColours {
    const colours = this.#read(line, () => undefined);
    return colours.at(-1) ? [...colours, line.length, 0] : colours;
  }

  #read(line: string, goOn: (state: StateStack) => void): LineColours {
    if (line.length > LINE_LIMIT) return [];
    // Without a limit of time: a grammar's patterns are made as they are first needed, and a line
    // that is given up for that would leave those behind it wrong.
    const { tokens, ruleStack } = this.#grammar.tokenizeLine2(line, this.#state, 0);
    goOn(ruleStack);
    return coloursOf(tokens, line);
  }
}

/** What the grammar says, without what makes no difference to the eye. */
function coloursOf(tokens: Uint32Array, line: string): LineColours {
  const colours: number[] = [];
  let last = 0;
  for (let at = 0; at < tokens.length; at += 2) {
    const start = tokens[at] ?? 0;
    const end = tokens[at + 2] ?? line.length;
    const kind = kindOfNumber[EncodedTokenMetadata.getForeground(tokens[at + 1] ?? 0)] ?? 0;
    if (kind === last || start >= line.length || !/\S/u.test(line.slice(start, end))) continue;
    colours.push(start, kind);
    last = kind;
  }
  return colours;
}

const loading = new Map<GrammarId, Promise<IGrammar>>();

/** A tokeniser for a block in a language whose grammar is loaded first. Rejects when that fails. */
export async function createTokeniser(id: GrammarId): Promise<Tokeniser> {
  let grammar = loading.get(id);
  if (!grammar) loading.set(id, (grammar = loadGrammar(id)));
  return new Tokeniser(await grammar);
}

async function loadGrammar(id: GrammarId): Promise<IGrammar> {
  const { default: registrations } = await grammars[id]();
  const wanted = [...(embeddedGrammars[id] ?? []), id];
  shiki.loadLanguageSync(registrations.filter(({ name }) => wanted.includes(name)).map(standAlone));
  return shiki.getLanguage(id);
}

/** A grammar that names no other: those that are wanted were loaded before it. */
function standAlone({ embeddedLangs: _, ...grammar }: LanguageRegistration): LanguageRegistration {
  return grammar;
}
