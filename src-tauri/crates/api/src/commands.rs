//! The one list of commands.

use muster_engine::Engine;
use serde_json::Value;

use crate::{
    error::invalid_input,
    handlers,
    types::{self, ApiError},
};

macro_rules! commands {
    ($($name:ident($input:ty) -> $output:ty;)*) => {
        /// The name of every command.
        pub const NAMES: &[&str] = &[$(stringify!($name)),*];

        /// Runs a command: its name and its input as JSON, its output as JSON.
        pub async fn dispatch(
            engine: &Engine,
            name: &str,
            input: Value,
        ) -> Result<Value, ApiError> {
            match name {
                $(stringify!($name) => {
                    let input: $input = serde_json::from_value(input).map_err(invalid_input)?;
                    let output: $output = handlers::$name(engine, input).await?;
                    serde_json::to_value(output).map_err(|error| ApiError::defect(error.to_string()))
                })*
                _ => Err(ApiError::defect(format!("there is no command \"{name}\""))),
            }
        }

        /// Visits the input and output type of every command.
        pub(crate) fn describe(visitor: &mut impl Describe) {
            $(visitor.command::<$input, $output>(stringify!($name));)*
        }
    };
}

/// Is shown every command with its types.
pub(crate) trait Describe {
    /// A command.
    fn command<I: ts_rs::TS + 'static, O: ts_rs::TS + 'static>(&mut self, name: &'static str);
}

commands! {
    app_state(()) -> types::AppState;
    settings_set(types::Settings) -> types::Settings;
    last_set(types::LastPlace) -> ();
    workspace_get(types::WorkspaceRef) -> types::WorkspaceState;
    workspace_set(types::WorkspaceUpdate) -> ();
    vault_unlock(()) -> ();
    connections_list(()) -> Vec<types::Connection>;
    connection_try(types::ConnectionDraft) -> types::ConnectionReport;
    connection_add(types::ConnectionDraft) -> types::Connection;
    connection_test(types::ConnectionRef) -> types::ConnectionReport;
    connection_rename(types::ConnectionRename) -> types::Connection;
    connection_replace_secret(types::SecretReplacement) -> types::ConnectionReport;
    connection_removal(types::ConnectionRef) -> types::RemovalPreview;
    connection_remove(types::ConnectionRef) -> ();
    mirror_set_aside(types::ConnectionRef) -> types::Connection;
    practice_open(()) -> types::Connection;
    practice_network(types::PracticeNetwork) -> ();
    sync_start(types::ConnectionRef) -> types::Job;
    jobs_list(()) -> Vec<types::Job>;
    job_cancel(types::JobRef) -> ();
    people_query(types::PeopleQuestion) -> types::PeopleAnswer;
    person_details(types::PersonRef) -> types::PersonDetails;
    people_facets(types::Who) -> types::Facets;
    people_explain(types::ExplainRequest) -> types::Explanation;
    people_compare(types::CompareRequest) -> types::Comparison;
    people_copy(types::PeopleCopy) -> types::CopiedPeople;
    people_export(types::PeopleExport) -> types::Job;
    people_curl(types::CurlRequest) -> String;
    filter_read(types::FilterWriting) -> types::FilterReading;
    filter_complete(types::FilterCursor) -> types::FilterCompletions;
    role_filter_probe(types::ConnectionRef) -> types::Capability;
    syncs_list(types::ConnectionRef) -> Vec<types::SyncMark>;
    views_list(types::ConnectionRef) -> Vec<types::View>;
    view_save(types::ViewDraft) -> types::View;
    view_delete(types::ViewRef) -> ();
    view_share(types::ViewShare) -> types::SharedView;
    view_open(types::ViewOpening) -> types::ViewPreview;
    recents_list(types::ConnectionRef) -> Vec<types::RecentQuestion>;
    activity_query(types::ActivityQuestion) -> types::ActivityAnswer;
    activity_head(types::ConnectionRef) -> types::ActivityHead;
    activity_verify(types::ActivityCheck) -> types::ActivityVerification;
    signing_identity(types::SigningWish) -> Option<types::SigningIdentity>;
    organizations_query(types::OrganizationsQuestion) -> types::OrganizationsAnswer;
    rules_matrix(types::ConnectionRef) -> types::RulesMatrix;
    may_ask(types::MayQuestion) -> Vec<types::MayAnswer>;
    what_if(types::WhatIfRequest) -> types::WhatIfOutcome;
    actor_get(types::ConnectionRef) -> types::Actor;
    actor_set(types::ActorUpdate) -> types::Actor;
    acts_list(types::ConnectionRef) -> Vec<types::ActForm>;
    subscription_types(types::ConnectionRef) -> types::SubscriptionTypes;
    names_known(types::NamesQuestion) -> types::NamesKnown;
    subscriptions_check(types::SubscriptionsCheck) -> Vec<types::SubscribedOrganization>;
    api_keys(types::ApiKeysQuestion) -> Vec<types::ApiKeyRow>;
    drafts_list(types::ConnectionRef) -> Vec<types::ChangeDraft>;
    draft_save(types::DraftSaving) -> types::ChangeDraft;
    draft_delete(types::DraftRef) -> ();
    intents_check(types::IntentsCheck) -> types::IntentsChecked;
    plan_make(types::PlanMaking) -> types::PlanMade;
    plans_list(types::ConnectionRef) -> Vec<types::PlanSummary>;
    plan_get(types::PlanRef) -> types::PlanSummary;
    plan_steps(types::StepsQuestion) -> types::StepsAnswer;
    plan_intents(types::PlanRef) -> Vec<types::Intent>;
    plan_again(types::PlanRef) -> types::PlanMade;
    plan_undo(types::PlanUndoing) -> types::PlanMade;
    plan_start(types::PlanStarting) -> types::Job;
    plan_pause(types::PlanRef) -> ();
    plan_cancel(types::PlanRef) -> types::PlanSummary;
    plan_delete(types::PlanRef) -> ();
    plan_retry(types::StepsRetrying) -> ();
    plan_export(types::PlanExport) -> types::SignedFile;
    plan_file_open(types::PlanFileOpening) -> types::PlanFilePreview;
    plan_file_steps(types::OpenedSteps) -> types::StepsAnswer;
    plan_file_decide(types::PlanDeciding) -> types::SignedFile;
    approval_read(types::ApprovalReading) -> types::PlanApprovals;
    plan_approvals(types::PlanRef) -> types::PlanApprovals;
    plan_moved(types::PlanRef) -> types::MovedBases;
    colleagues_list(()) -> Vec<types::Colleague>;
    colleague_confirm(types::ColleagueConfirming) -> types::Colleague;
    colleague_forget(types::ColleagueRef) -> ();
    second_person_get(types::ConnectionRef) -> types::SecondPerson;
    second_person_set(types::SecondPersonSetting) -> ();
    plan_requested(types::PlanRef) -> types::PlanSummary;
    outbox_add(types::PlanRef) -> ();
    outbox_remove(types::PlanRef) -> ();
    outbox_order(types::OutboxOrder) -> ();
    step_secret_copy(types::StepSecretRef) -> types::SecretCopied;
    step_secret_give(types::StepSecretGiving) -> ();
    step_secret_keep(types::StepSecretKeeping) -> types::Connection;
    import_inspect(types::ImportInspect) -> types::ImportInspection;
    import_map(types::ImportMapping) -> types::ImportChecked;
    import_plan(types::ImportPlanning) -> types::ImportPlanned;
    import_rejects(types::ImportRejecting) -> types::ImportRejected;
    import_template(types::ImportTemplate) -> ();
    person_clone(types::PersonCloning) -> types::Intent;
}
