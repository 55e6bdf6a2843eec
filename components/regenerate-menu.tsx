import { ChevronDown } from 'lucide-react';
import type { Message } from '@/lib/conversation';
import { t } from '@/lib/i18n';
import { useChat } from '@/lib/panel/chat-store';
import { modelName } from '@/lib/panel/gallery-search';
import { regenerateReply } from '@/lib/panel/message-actions';
import { countModels, modelsNear } from '@/lib/panel/model-choices';
import { useSetting } from '@/lib/panel/use-setting';
import { favouriteModels } from '@/lib/settings';
import { IconButton } from './ui/button';
import { MenuItem, OpenMenu } from './ui/menu';

/** Answers the same prompt once with another model, where there may be one. */
export function RegenerateMenu({ message, isBusy }: { message: Message; isBusy: boolean }) {
  const hasOthers = useChat(({ providers }) => countModels(providers) > 1);
  if (!hasOthers) return null;
  return (
    <OpenMenu
      trigger={<IconButton icon={ChevronDown} label={t('regenerateWith')} disabled={isBusy} />}
    >
      <Models message={message} />
    </OpenMenu>
  );
}

const none: Message[] = [];

/** Found only when the menu opens: there is one under each reply, and a conversation changes often. */
function Models({ message: { id, model } }: { message: Message }) {
  const providers = useChat((state) => state.providers);
  const messages = useChat((state) => state.conversation?.messages ?? none);
  const favourites = useSetting(favouriteModels);
  const models = modelsNear({ providers, favourites, messages, answeredBy: model });
  return models.length === 0 ? (
    <MenuItem text={t('noOtherModel')} isDisabled />
  ) : (
    models.map((ref) => (
      <MenuItem
        key={`${ref.provider}\n${ref.model}`}
        text={modelName(ref, providers)}
        onSelect={() => void regenerateReply(id, ref)}
      />
    ))
  );
}
