import { Route, Routes } from 'react-router-dom';
import { CampaignFormPage } from './CampaignFormPage';
import { CampaignList } from './CampaignList';
import { CampaignPage } from './CampaignPage';

/** All campaigns, and below it one of them and its form. */
export const CampaignsPage = () => (
  <Routes>
    <Route path="/" element={<CampaignList />} />
    <Route path="/new" element={<CampaignFormPage />} />
    <Route path="/:id" element={<CampaignPage />} />
    <Route path="/:id/edit" element={<CampaignFormPage />} />
  </Routes>
);
