import { mountPage } from '@/components/page';
import { Popup } from '@/components/popup';
import { startPopup } from '@/lib/panel/actions';

mountPage(<Popup />);
void startPopup();
