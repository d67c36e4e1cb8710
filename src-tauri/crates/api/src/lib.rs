//! Every command of the app, declared once, with its types and errors.
