import { mountPage } from '@/components/page';
import { SidePanel } from '@/components/side-panel';
import { startPanel } from '@/lib/panel/actions';

mountPage(<SidePanel />);
void startPanel();
