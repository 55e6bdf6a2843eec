const english = (quote: string): string => `## A practice answer

You wrote: “${quote}” This text comes from the **practice service** on your own computer, so nothing \
has left it and no model has read your prompt. It only shows how a reply looks while it arrives.

A good way to try things out:

1. Press **Stop** in the middle and see that the words stay.
2. Close the panel, open it again: the reply has gone on.
3. Switch the model to *dalle* and ask for a picture.

\`\`\`js
const greet = (name) => \`Hello, \${name}!\`;
console.log(greet('world'));
\`\`\`

| What | Here | On the real site |
| --- | --- | --- |
| Answers | always this one | written by gpt-4 |
| Pictures | drawn hills | made by dalle |

Ask something else, and the same friendly text will come back with your new words in it.
`;

const russian = (quote: string): string => `## Учебный ответ

Вы написали: «${quote}» Этот текст пришёл от **учебного сервиса** на вашем компьютере: ничего не \
ушло наружу, и никакая модель ваш запрос не читала. Он лишь показывает, как ответ выглядит, пока идёт.

Что стоит попробовать:

1. Нажмите **Стоп** на середине: написанное останется.
2. Закройте панель и откройте снова: ответ продолжился.
3. Выберите модель *dalle* и попросите нарисовать картинку.

\`\`\`js
const greet = (name) => \`Привет, \${name}!\`;
console.log(greet('мир'));
\`\`\`

| Что | Здесь | На настоящем сайте |
| --- | --- | --- |
| Ответы | всегда этот | пишет gpt-4 |
| Картинки | нарисованные холмы | рисует dalle |

Спросите что-нибудь ещё, и тот же приветливый текст вернётся с вашими новыми словами.
`;

/** The last thing the person said: of a transcript its last `User:` turn, else the whole prompt. */
export function lastTurn(prompt: string): string {
  if (!/\nAssistant:\s*$/u.test(prompt)) return prompt.trim();
  const body = prompt.replace(/\nAssistant:\s*$/u, '');
  const start = `\n${body}`.lastIndexOf('\nUser: ');
  return body.slice(start < 0 ? 0 : start + 'User: '.length).trim();
}

/** The helpful-looking Markdown that the practice service says to a prompt, in its language. */
export function practiceAnswer(prompt: string): string {
  const said = lastTurn(prompt).replace(/\s+/gu, ' ');
  const quote = said.length > 80 ? `${said.slice(0, 80).trimEnd()}…` : said;
  return /\p{Script=Cyrillic}/u.test(said) ? russian(quote) : english(quote);
}
