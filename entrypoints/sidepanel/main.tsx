import { mountPage } from '@/components/page';
import { SidePanel } from '@/components/side-panel';
import { startPanel } from '@/lib/panel/actions';

void startPanel();
mountPage(<SidePanel />);
