import { defineBackground } from 'wxt/utils/define-background';
import { log } from '@/lib/log';
import { addContextMenu, addShortcut } from '@/lib/worker/context-menu';
import { answerRequests } from '@/lib/worker/handlers';
import { followOriginRules } from '@/lib/worker/origin-rules';
import { acceptPorts } from '@/lib/worker/ports';

export default defineBackground(() => {
  log({ level: 'info', event: 'worker-start' });
  acceptPorts();
  answerRequests();
  followOriginRules();
  addContextMenu();
  addShortcut();
});
