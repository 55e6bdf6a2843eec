import { defineBackground } from 'wxt/utils/define-background';
import { log } from '@/lib/log';
import { countUnreadSoon } from '@/lib/worker/badge';
import { acceptChecks } from '@/lib/worker/checks';
import { addContextMenu, addShortcut } from '@/lib/worker/context-menu';
import { findConversation } from '@/lib/worker/conversation-store';
import { answerRequests } from '@/lib/worker/handlers';
import { readImage } from '@/lib/worker/image-data';
import { adoptImported } from '@/lib/worker/imports';
import { guardStorage } from '@/lib/worker/keys';
import { followOriginRules } from '@/lib/worker/origin-rules';
import { acceptPorts } from '@/lib/worker/ports';
import { followProxies } from '@/lib/worker/proxies';
import { scheduleIndexing } from '@/lib/worker/search-index';
import { listIds } from '@/lib/worker/summaries';
import { endTemporaryChats } from '@/lib/worker/temporary-chats';
import { acceptTransfers } from '@/lib/worker/transfers';
import { resumePurges } from '@/lib/worker/trash';

export default defineBackground(() => {
  log({ level: 'info', event: 'worker-start' });
  guardStorage();
  acceptPorts();
  answerRequests();
  acceptChecks();
  acceptTransfers({
    listConversations: listIds,
    findConversation,
    readImage,
    onImported: adoptImported,
  });
  followOriginRules();
  followProxies();
  addContextMenu();
  addShortcut();
  countUnreadSoon();
  void resumePurges();
  scheduleIndexing();
  endTemporaryChats();
});
