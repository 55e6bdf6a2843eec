/** Which kind the scopes of the grammars are; the colours in it are only the kinds' numbers. */
import type { ThemeRegistration } from '@shikijs/core';
import { kinds, type Kind } from './kinds';

const scopes: Record<Kind, string[]> = {
  plain: [
    'keyword.operator',
    'meta.template.expression',
    'meta.interpolation',
    'meta.embedded',
    'punctuation.section.embedded',
    'source.ruby.embedded',
    'string source',
    'storage.type.function.arrow',
    'storage.modifier.pointer',
    'storage.modifier.reference',
    'string.unquoted.argument',
  ],
  comment: ['comment', 'punctuation.definition.comment', 'meta.diff.header', 'meta.diff.index'],
  keyword: [
    'keyword',
    'storage',
    'variable.language',
    'keyword.operator.new',
    'keyword.operator.expression',
    'keyword.operator.word',
    'keyword.operator.logical.python',
    'keyword.operator.in.python',
    'punctuation.definition.directive',
    'markup.heading',
    'entity.name.directive',
  ],
  string: [
    'string',
    'punctuation.definition.string',
    'constant.other.symbol',
    'storage.type.string.python',
    'markup.inline.raw',
    'markup.underline.link',
  ],
  number: [
    'constant.numeric',
    'constant.language',
    'constant.character',
    'constant.other.color',
    'constant.other.placeholder',
    'support.constant',
    'keyword.other.unit',
    'punctuation.definition.list.begin.markdown',
  ],
  function: [
    'entity.name.function',
    'support.function',
    'entity.name.command',
    'meta.function-call.generic',
  ],
  type: [
    'entity.name.type',
    'entity.name.class',
    'entity.name.namespace',
    'entity.name.tag',
    'entity.name.section',
    'entity.other.inherited-class',
    'support.type',
    'support.class',
    'storage.type.primitive',
    'storage.type.built-in',
    'storage.type.generic',
    'storage.type.numeric',
    'storage.type.string',
    'storage.type.boolean',
    'storage.type.java',
    'keyword.type',
    'storage.type.object.array.java',
    'meta.diff.range',
  ],
  property: [
    'entity.other.attribute-name',
    'support.type.property-name',
    'meta.object-literal.key',
    'entity.name.tag.yaml',
    'keyword.other.definition.ini',
    'variable.other.key.toml',
    'support.type.property-name.toml',
    'variable.graphql',
  ],
  added: ['markup.inserted', 'punctuation.definition.inserted'],
  removed: ['markup.deleted', 'punctuation.definition.deleted'],
};

const foreground = (kind: number) => `#${kind.toString(16).padStart(6, '0')}`;

/** The kind that a colour of the theme stands for, as an index of `kinds`. */
export function kindOfColour(colour: string | undefined): number {
  return colour ? parseInt(colour.slice(1), 16) : 0;
}

/** A new one each time: what takes it changes it. */
export function createTheme(): ThemeRegistration {
  return {
    name: 'kinds',
    fg: foreground(0),
    bg: foreground(0xffffff),
    settings: kinds.map((kind, index) => ({
      scope: scopes[kind],
      settings: { foreground: foreground(index) },
    })),
  };
}
