import { ChevronDown } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useRef, useState } from 'react';
import type { Message } from '@/lib/conversation';
import { t } from '@/lib/i18n';
import { useChat } from '@/lib/panel/chat-store';
import { modelName } from '@/lib/panel/gallery-search';
import { regenerateReply } from '@/lib/panel/message-actions';
import { countModels, modelsNear } from '@/lib/panel/model-choices';
import { useSetting } from '@/lib/panel/use-setting';
import type { ModelDescription } from '@/lib/provider';
import { favouriteModels } from '@/lib/settings';
import { ModelListContent } from './model-box';
import { IconButton } from './ui/button';
import { MenuItem, OpenMenu } from './ui/menu';

/** Answers the same prompt once with another model, where there may be one. */
export function RegenerateMenu({ message, isBusy }: { message: Message; isBusy: boolean }) {
  const hasOthers = useChat(({ providers }) => countModels(providers) > 1);
  const trigger = useRef<HTMLButtonElement>(null);
  /** What all models to choose from must make, while they are shown. */
  const [wanted, setWanted] = useState<ModelDescription['output']>();
  if (!hasOthers) return null;
  const label = t('regenerateWith');
  return (
    <>
      <OpenMenu
        trigger={<IconButton ref={trigger} icon={ChevronDown} label={label} disabled={isBusy} />}
      >
        <Models message={message} onMore={setWanted} />
      </OpenMenu>
      {wanted && (
        <Popover.Root modal open onOpenChange={() => setWanted(undefined)}>
          <Popover.Anchor virtualRef={trigger} />
          <ModelListContent
            label={label}
            current={message.model}
            output={wanted}
            onClose={() => setWanted(undefined)}
            onCloseAutoFocus={() => trigger.current?.focus()}
            onChoose={(model) => model && void regenerateReply(message.id, model)}
          />
        </Popover.Root>
      )}
    </>
  );
}

const none: Message[] = [];

/** Found only when the menu opens: there is one under each reply, and a conversation changes often. */
function Models({
  message: { id, model },
  onMore,
}: {
  message: Message;
  /** Is told what the models must make. */
  onMore: (output: ModelDescription['output']) => void;
}) {
  const providers = useChat((state) => state.providers);
  const messages = useChat((state) => state.conversation?.messages ?? none);
  const favourites = useSetting(favouriteModels);
  const answeredBy = model;
  const { near, output, hasMore } = modelsNear({ providers, favourites, messages, answeredBy });
  return near.length === 0 ? (
    <MenuItem text={t('noOtherModel')} isDisabled />
  ) : (
    <>
      {near.map((ref) => (
        <MenuItem
          key={`${ref.provider}\n${ref.model}`}
          text={modelName(ref, providers)}
          onSelect={() => void regenerateReply(id, ref)}
        />
      ))}
      {hasMore && <MenuItem text={t('otherModels')} onSelect={() => onMore(output)} />}
    </>
  );
}
