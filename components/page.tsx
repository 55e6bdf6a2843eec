import { StrictMode, useEffect, useState, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { currentLanguage, followLanguage, loadLanguage } from '@/lib/i18n';
import './theme.css';

/** Mounts a page's one component, in the person's language and again when that changes. */
export async function mountPage(content: ReactNode): Promise<void> {
  await loadLanguage();
  const root = document.getElementById('root');
  if (!root) throw new Error('the page has no #root');
  createRoot(root).render(
    <StrictMode>
      <Page>{content}</Page>
    </StrictMode>,
  );
}

function Page({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState(currentLanguage);
  useEffect(() => followLanguage(() => setLanguage(currentLanguage())), []);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return (
    <div key={language} className="contents">
      {children}
    </div>
  );
}
