import { StrictMode, useEffect, useState, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { currentLanguage, followLanguage, loadLanguage } from '@/lib/i18n';
import { languageFiles } from '@/lib/panel/language-files';
import { followReading } from '@/lib/panel/reading-settings';
import './theme.css';

/**
 * Mounts a page's one component: at once in the browser's language, which is nearly always the right
 * one, then in that of Settings, and again when that changes.
 */
export function mountPage(content: ReactNode): void {
  const root = document.getElementById('root');
  if (!root) throw new Error('the page has no #root');
  const page = createRoot(root);
  // Before anything else of the page starts: what one can type into comes first.
  flushSync(() =>
    page.render(
      <StrictMode>
        <Page>{content}</Page>
      </StrictMode>,
    ),
  );
}

function Page({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState(currentLanguage);
  useEffect(() => {
    const update = () => setLanguage(currentLanguage());
    void loadLanguage(languageFiles).then(update);
    followLanguage(languageFiles, update);
  }, []);
  useEffect(followReading, []);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return (
    <div key={language} className="contents">
      {children}
    </div>
  );
}
