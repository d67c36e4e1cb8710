//! What a person does with Muster: connect, sync, query.
