import { Options } from '@/components/options';
import { mountPage } from '@/components/page';

mountPage(<Options />);
