"""Rules, as data, that sort apps, sites and titles into categories and channels."""
