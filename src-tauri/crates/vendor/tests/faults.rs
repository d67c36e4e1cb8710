//! What a server can do wrong, over real connections: every answer becomes the error that says so.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "these are tests")]

mod server;

use std::{
    io::Write,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use axum::{
    body::Body,
    http::{Response, StatusCode},
};
use futures::StreamExt;
use muster_directory::{
    Direction, Organization, Page, PageSize, PeopleQuery, Person, PersonSort, Sort,
};
use muster_vendor::{Medipim, Paces, TransportOptions, VendorError};
use server::{SOON, Seen, Server, json, medipim, medipim_with, options, raw};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
    sync::mpsc,
};
use tokio_util::sync::CancellationToken;

async fn page(medipim: &Medipim) -> Result<usize, VendorError> {
    let answer = medipim.people_page(&PeopleQuery::default()).await?;
    Ok(answer.results.len())
}

/// Everything, and how many came.
async fn all(medipim: &Medipim) -> (Result<u64, VendorError>, usize) {
    let (sink, mut batches) = mpsc::channel::<Vec<Person>>(1);
    let count = async {
        let mut count = 0;
        while let Some(batch) = batches.recv().await {
            count += batch.len();
        }
        count
    };
    let (done, count) = tokio::join!(
        medipim.people_all(None, sink, CancellationToken::new()),
        count
    );
    (done.map(|meta| meta.total), count)
}

/// The same failure, asked for as a page and as everything.
async fn both(medipim: &Medipim) -> [VendorError; 2] {
    [
        page(medipim).await.unwrap_err(),
        all(medipim).await.0.unwrap_err(),
    ]
}

fn people(ids: std::ops::RangeInclusive<u64>) -> String {
    ids.map(|id| format!(r#"{{"id":{id},"name":"P"}}"#))
        .collect::<Vec<_>>()
        .join(",")
}

fn answer(total: u64, ids: std::ops::RangeInclusive<u64>) -> String {
    format!(
        r#"{{"meta":{{"total":{total}}},"results":[{}]}}"#,
        people(ids)
    )
}

#[tokio::test]
async fn a_request_says_who_asks_and_what_for() {
    let server = Server::always(|| json(200, answer(2, 1..=2))).await;
    let medipim = medipim(&format!("{}/gate/", server.url));
    assert_eq!(page(&medipim).await.unwrap(), 2);
    assert_eq!(all(&medipim).await.0.unwrap(), 2);
    for request in server.requests() {
        assert_eq!(request.path, "/gate/v4/users/query");
        assert_eq!(request.headers["authorization"], "Basic NzpodW50ZXIy");
        assert_eq!(
            request.headers["user-agent"],
            concat!("Muster/", env!("CARGO_PKG_VERSION"))
        );
        assert_eq!(request.headers["content-type"], "application/json");
        assert!(
            request.headers["accept-encoding"]
                .to_str()
                .unwrap()
                .contains("gzip")
        );
        assert_eq!(request.body, serde_json::json!({}));
    }
}

#[tokio::test]
async fn a_refused_key_a_denied_right_and_a_missing_endpoint_are_told_apart() {
    let envelope = |status: u16, code: &str| {
        format!(r#"{{"error":{{"status":{status},"code":"{code}","message":"Words."}}}}"#)
    };
    let refused = envelope(401, "authentication.not_authenticated");
    let server = Server::always(move || json(401, refused.clone())).await;
    for error in both(&medipim(&server.url)).await {
        assert!(error.is_refused() && !error.is_denied() && !error.is_unreadable());
        assert_eq!(
            error.vendor_code(),
            Some("authentication.not_authenticated")
        );
        assert_eq!(error.vendor_message(), Some("Words."));
        assert_eq!(error.status(), Some(401));
        let words = error.to_string();
        assert!(
            words.ends_with("(authentication.not_authenticated): Words."),
            "{words}"
        );
    }
    assert_eq!(server.requests().len(), 2, "a refusal is not asked again");

    let denied = envelope(403, "authorization.access_denied");
    let server = Server::always(move || json(403, denied.clone())).await;
    for error in both(&medipim(&server.url)).await {
        assert!(error.is_denied() && !error.is_refused());
    }

    for status in [404, 405] {
        let server = Server::always(move || json(status, "")).await;
        for error in both(&medipim(&server.url)).await {
            assert!(error.is_not_there());
            assert_eq!(error.vendor_code(), None, "an empty body says nothing");
        }
    }
}

#[tokio::test]
async fn violations_come_through() {
    let server = Server::always(|| {
        let body = r#"{"error":{"status":422,"code":"validation","message":"Invalid"},"violations":[{"propertyPath":"filter.and[1].foo","message":"unknown"}]}"#;
        json(422, body)
    })
    .await;
    for error in both(&medipim(&server.url)).await {
        assert_eq!(error.status(), Some(422));
        assert_eq!(error.violations()[0].path, "filter.and[1].foo");
        assert!(
            error.to_string().ends_with("filter.and[1].foo: unknown"),
            "{error}"
        );
    }
}

#[tokio::test]
async fn what_the_vendor_cannot_be_asked_is_not_sent() {
    let server = Server::always(|| json(200, "")).await;
    let query = PeopleQuery {
        sorting: Some(Sort {
            by: PersonSort::Name,
            direction: Direction::Ascending,
        }),
        ..PeopleQuery::default()
    };
    let error = medipim(&server.url).people_page(&query).await.unwrap_err();
    assert_eq!(error.violations()[0].path, "sorting");
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn too_many_requests_are_asked_again_three_times() {
    let server = Server::start(|number, _| match number {
        0 | 1 => json(429, r#"{"error":{"code":"too_many_requests"}}"#),
        _ => json(200, answer(1, 1..=1)),
    })
    .await;
    assert_eq!(page(&medipim(&server.url)).await.unwrap(), 1);
    assert_eq!(server.requests().len(), 3);

    let server = Server::always(|| json(429, "")).await;
    let error = page(&medipim(&server.url)).await.unwrap_err();
    assert!(error.is_rate_limited());
    assert_eq!(error.retry_after(), None);
    assert_eq!(server.requests().len(), 4);
}

#[tokio::test]
async fn a_pause_that_the_vendor_asks_for_holds_back_everyone_with_the_key() {
    let server = Server::start(|number, _| match number {
        0 => {
            let mut answer = json(429, "");
            answer
                .headers_mut()
                .insert("retry-after", "3600".parse().unwrap());
            answer
        }
        _ => json(200, answer(1, 1..=1)),
    })
    .await;
    let paces = Paces::default();
    let one = medipim_with(&server.url, options(), &paces);
    let two = medipim_with(&server.url, options(), &paces);
    let hour = Duration::from_secs(3_600);
    let error = page(&one).await.unwrap_err();
    assert!(error.is_rate_limited());
    assert_eq!(error.retry_after(), Some(hour));
    let error = page(&two).await.unwrap_err();
    assert!(
        error.is_rate_limited(),
        "the other is held back without asking"
    );
    assert!(error.retry_after().unwrap() > hour - Duration::from_secs(10));
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_short_pause_is_waited_for_and_can_be_watched() {
    let server = Server::start(|number, _| match number {
        0 => {
            let mut answer = json(429, "");
            answer
                .headers_mut()
                .insert("retry-after", "1".parse().unwrap());
            answer
        }
        _ => json(200, answer(1, 1..=1)),
    })
    .await;
    let medipim = medipim(&server.url);
    let mut waiting = medipim.pace().waiting();
    let (found, ()) = tokio::join!(page(&medipim), async {
        waiting.changed().await.unwrap();
        assert!(waiting.borrow_and_update().is_some());
    });
    assert_eq!(found.unwrap(), 1);
    assert!(waiting.borrow().is_none());
}

#[tokio::test]
async fn a_server_out_of_order_is_asked_again_and_a_broken_one_is_not() {
    let server = Server::start(|number, _| match number {
        0 => json(503, "<h1>Back soon</h1>"),
        1 => json(502, ""),
        _ => json(200, answer(1, 1..=1)),
    })
    .await;
    assert_eq!(all(&medipim(&server.url)).await.0.unwrap(), 1);
    assert_eq!(server.requests().len(), 3);

    let server = Server::always(|| json(504, "<h1>Gate</h1>")).await;
    let error = page(&medipim(&server.url)).await.unwrap_err();
    assert_eq!(error.status(), Some(504));
    assert_eq!(error.excerpt(), Some("<h1>Gate</h1>"));
    assert_eq!(server.requests().len(), 3);

    let server = Server::always(|| json(500, "")).await;
    assert_eq!(
        page(&medipim(&server.url)).await.unwrap_err().status(),
        Some(500)
    );
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_key_is_not_sent_after_a_redirect() {
    let elsewhere = Server::always(|| json(200, answer(1, 1..=1))).await;
    let target = elsewhere.url.clone();
    let server = Server::always(move || {
        Response::builder()
            .status(StatusCode::TEMPORARY_REDIRECT)
            .header("location", format!("{target}/v4/users/query"))
            .body(Body::empty())
            .unwrap()
    })
    .await;
    for error in both(&medipim(&server.url)).await {
        assert_eq!(error.status(), Some(307));
        let to = error.redirected_to().unwrap();
        assert!(to.starts_with(&elsewhere.url));
        assert!(error.to_string().contains(to));
    }
    assert!(elsewhere.requests().is_empty());
}

#[tokio::test]
async fn a_web_page_is_not_an_answer() {
    let server = Server::always(|| {
        Response::builder()
            .header("content-type", "text/html; charset=utf-8")
            .body("<html><title>Please  log in</title>".into())
            .unwrap()
    })
    .await;
    for error in both(&medipim(&server.url)).await {
        assert!(error.is_unreadable());
        assert_eq!(error.excerpt(), Some("<html><title>Please log in</title>"));
    }
}

#[tokio::test]
async fn an_answer_of_another_type_is_read_if_it_is_json() {
    let server = Server::always(|| Response::new(answer(1, 1..=1).into())).await;
    let medipim = medipim(&server.url);
    assert_eq!(page(&medipim).await.unwrap(), 1);
    assert_eq!(all(&medipim).await.0.unwrap(), 1);
}

#[tokio::test]
async fn an_empty_or_cut_answer_is_no_answer() {
    for body in ["", "{", r#"{"meta":{"total":1},"results":[{"id":1"#] {
        let server = Server::always(move || json(200, body)).await;
        for error in both(&medipim(&server.url)).await {
            assert!(error.is_unreadable(), "{body}: {error}");
        }
    }
}

#[tokio::test]
async fn a_connection_that_breaks_inside_an_answer_is_a_cut() {
    for answer in [
        &b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n{\"meta\":{\"total\":2},\"results\":[{\"id\":1,\"name\":\"A\"}"[..],
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n8\r\n{\"meta\":\r\n",
    ] {
        let url = raw(answer, true).await;
        for error in both(&medipim(&url)).await {
            assert!(error.is_cut() && !error.is_offline(), "{error:?}");
        }
    }
}

#[tokio::test]
async fn a_connection_that_breaks_before_an_answer_is_offline() {
    for answer in [&b""[..], b"HTTP/1.1 2"] {
        let url = raw(answer, true).await;
        for error in both(&medipim(&url)).await {
            assert!(error.is_offline() && !error.is_timeout(), "{error:?}");
        }
    }
}

#[tokio::test]
async fn a_standstill_is_a_timeout_wherever_it_is() {
    let options = TransportOptions {
        read_timeout: SOON,
        total_timeout: SOON * 4,
        first_byte_timeout: SOON,
        ..options()
    };
    for answer in [
        &b""[..],
        b"HTTP/1.1 200 OK\r\n",
        b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n{\"meta\":{\"total\":2},\"results\":[",
    ] {
        let url = raw(answer, false).await;
        let medipim = medipim_with(&url, options.clone(), &Paces::default());
        for error in both(&medipim).await {
            assert!(error.is_timeout() && !error.is_unreadable(), "{error:?}");
        }
    }
}

#[tokio::test]
async fn a_page_that_trickles_in_is_given_up_after_its_time() {
    let server = Server::always(|| {
        let drops = futures::stream::unfold((), async |()| {
            tokio::time::sleep(Duration::from_millis(20)).await;
            Some((Ok::<_, std::io::Error>(" "), ()))
        });
        json(200, Body::from_stream(drops))
    })
    .await;
    let options = TransportOptions {
        read_timeout: Duration::from_secs(60),
        total_timeout: SOON,
        ..options()
    };
    let medipim = medipim_with(&server.url, options, &Paces::default());
    let error = page(&medipim).await.unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
}

#[tokio::test]
async fn an_answer_larger_than_the_cap_says_so() {
    let server = Server::always(|| json(200, answer(500, 1..=500))).await;
    let options = TransportOptions {
        max_bytes: 1_000,
        ..options()
    };
    let medipim = medipim_with(&server.url, options, &Paces::default());
    let error = page(&medipim).await.unwrap_err();
    assert!(error.is_too_large());
    assert!(error.to_string().contains("1000 bytes"), "{error}");
    assert_eq!(
        all(&medipim).await.0.unwrap(),
        500,
        "everything at once has no cap in all"
    );
}

fn gzip(text: &str) -> Vec<u8> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    writer.write_all(text.as_bytes()).unwrap();
    writer.finish().unwrap()
}

fn zipped(body: Vec<u8>) -> Response<Body> {
    Response::builder()
        .header("content-type", "application/json")
        .header("content-encoding", "gzip")
        .body(body.into())
        .unwrap()
}

#[tokio::test]
async fn compression_is_undone_and_the_cap_counts_what_comes_out() {
    let body = gzip(&answer(3_000, 1..=3_000));
    let server = Server::always(move || zipped(body.clone())).await;
    let medipim_ = medipim(&server.url);
    assert_eq!(page(&medipim_).await.unwrap(), 3_000);
    assert_eq!(all(&medipim_).await.1, 3_000);

    let bomb = gzip(&" ".repeat(3_000_000));
    assert!(bomb.len() < 10_000);
    let server = Server::always(move || zipped(bomb.clone())).await;
    let options = TransportOptions {
        max_bytes: 100_000,
        max_item_bytes: 100_000,
        ..options()
    };
    let medipim_ = medipim_with(&server.url, options, &Paces::default());
    assert!(page(&medipim_).await.unwrap_err().is_too_large());
    assert!(all(&medipim_).await.0.unwrap_err().is_unreadable());

    let mut cut = gzip(&answer(3_000, 1..=3_000));
    cut.truncate(cut.len() / 2);
    let server = Server::always(move || zipped(cut.clone())).await;
    for error in both(&medipim(&server.url)).await {
        assert!(error.is_cut(), "{error:?}");
    }
}

#[tokio::test]
async fn no_server_is_offline() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    for error in both(&medipim(&format!("http://{address}"))).await {
        assert!(error.is_offline());
        assert_eq!(error.host(), address.to_string());
        assert_eq!(error.to_string(), format!("{address} cannot be reached"));
        assert!(
            std::error::Error::source(&error).is_some(),
            "the cause is kept"
        );
        assert!(!format!("{error:?}").contains("hunter2"));
    }
}

#[tokio::test]
async fn a_server_without_tls_where_tls_is_due_is_offline() {
    let server = Server::always(|| json(200, answer(1, 1..=1))).await;
    let https = server.url.replace("http://", "https://");
    let error = page(&medipim(&https)).await.unwrap_err();
    assert!(error.is_offline(), "{error:?}");
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn nothing_is_sent_when_nobody_wants_it_and_a_wait_ends_when_nobody_does_any_more() {
    let server = Server::always(|| json(200, answer(1, 1..=1))).await;
    let cancel = CancellationToken::new();
    let medipim_ = medipim(&server.url).with_cancel(cancel.clone());
    cancel.cancel();
    for error in both(&medipim_).await {
        assert!(error.is_canceled());
    }
    assert!(server.requests().is_empty());

    let url = raw(b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n{", false).await;
    let cancel = CancellationToken::new();
    let medipim_ = medipim(&url).with_cancel(cancel.clone());
    let (page, all, ()) = tokio::join!(page(&medipim_), all(&medipim_), async {
        tokio::task::yield_now().await;
        cancel.cancel();
    });
    assert!(page.unwrap_err().is_canceled());
    assert!(all.0.unwrap_err().is_canceled());
}

/// A server that never stops sending people, and counts how many connections still take them.
async fn endless() -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let taking = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&taking);
    tokio::spawn(async move {
        while let Ok((mut connection, _)) = listener.accept().await {
            let count = Arc::clone(&count);
            tokio::spawn(async move {
                let mut request = [0; 4_096];
                let _ = connection.read(&mut request).await;
                count.fetch_add(1, Ordering::SeqCst);
                let head = b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{\"results\":[";
                let mut sent = connection.write_all(head).await;
                for number in (1_u64..).step_by(100) {
                    if sent.is_err() {
                        break;
                    }
                    let text = people(number..=number + 99) + ",";
                    sent = connection.write_all(text.as_bytes()).await;
                }
                count.fetch_sub(1, Ordering::SeqCst);
            });
        }
    });
    (url, taking)
}

async fn until_nobody_takes(taking: &AtomicUsize) {
    tokio::time::timeout(Duration::from_secs(10), async {
        while taking.load(Ordering::SeqCst) > 0 {
            tokio::task::yield_now().await;
        }
    })
    .await
    .expect("the connection is given up at once");
}

#[tokio::test]
async fn the_request_stops_when_nobody_takes_what_is_read() {
    let (url, taking) = endless().await;
    let medipim = medipim(&url);
    let (sink, mut batches) = mpsc::channel::<Vec<Person>>(1);
    let (done, ()) = tokio::join!(
        medipim.people_all(None, sink, CancellationToken::new()),
        async move {
            assert_eq!(batches.recv().await.unwrap().len(), 1_000);
        }
    );
    assert!(done.unwrap_err().is_canceled());
    until_nobody_takes(&taking).await;
}

#[tokio::test]
async fn the_request_stops_when_it_is_canceled_and_nothing_comes_after() {
    let (url, taking) = endless().await;
    let medipim = medipim(&url);
    let (sink, mut batches) = mpsc::channel::<Vec<Person>>(1);
    let cancel = CancellationToken::new();
    let (done, ()) = tokio::join!(medipim.people_all(None, sink, cancel.clone()), async {
        batches.recv().await.unwrap();
        cancel.cancel();
    });
    assert!(done.unwrap_err().is_canceled());
    until_nobody_takes(&taking).await;
    let mut left = 0;
    while batches.recv().await.is_some() {
        left += 1;
    }
    assert!(left <= 1, "only what was sent before: {left}");
}

#[tokio::test]
async fn the_request_stops_when_its_future_is_dropped() {
    let (url, taking) = endless().await;
    let medipim = medipim(&url);
    let (sink, mut batches) = mpsc::channel::<Vec<Person>>(1);
    tokio::select! {
        done = medipim.people_all(None, sink, CancellationToken::new()) => panic!("{done:?}"),
        batch = batches.recv() => assert!(batch.is_some()),
    }
    until_nobody_takes(&taking).await;
    while batches.recv().await.is_some() {}
}

/// A vendor with so many organizations, who answers pages rightly.
fn paged(total: u64, request: &Seen) -> Response<Body> {
    let page: Page = serde_json::from_value(request.body["page"].clone()).unwrap();
    let first = page.offset() + 1;
    let last = total.min(page.offset() + page.size.get());
    let meta = format!(
        r#"{{"total":{total},"page":{{"no":{},"offset":{},"size":{}}}}}"#,
        page.no,
        page.offset(),
        page.size.get()
    );
    json(
        200,
        format!(r#"{{"meta":{meta},"results":[{}]}}"#, people(first..=last)),
    )
}

async fn pages(medipim: &Medipim) -> Result<Vec<Organization>, VendorError> {
    let mut pages =
        std::pin::pin!(medipim.organizations_pages(None, Direction::Ascending, PageSize::Ten));
    let mut found = Vec::new();
    while let Some(page) = pages.next().await {
        found.extend(page?.results);
    }
    Ok(found)
}

#[tokio::test]
async fn pages_come_until_all_were_seen() {
    for (total, requests) in [(0, 1), (9, 1), (10, 1), (11, 2), (35, 4)] {
        let server = Server::start(move |_, request| paged(total, request)).await;
        let found = pages(&medipim(&server.url)).await.unwrap();
        assert!(found.iter().map(|it| it.id.get()).eq(1..=total));
        let seen = server.requests();
        assert_eq!(seen.len(), requests, "of {total}");
        assert_eq!(seen[0].path, "/v4/organizations/query");
        assert_eq!(seen[0].body["sorting"], serde_json::json!({"id": "ASC"}));
    }
}

#[tokio::test]
async fn a_page_that_holds_too_few_or_is_another_one_is_an_error() {
    let server = Server::start(|number, request| match number {
        1 => json(
            200,
            r#"{"meta":{"total":35},"results":[{"id":11,"name":"A"}]}"#,
        ),
        _ => paged(35, request),
    })
    .await;
    let error = pages(&medipim(&server.url)).await.unwrap_err();
    assert!(error.is_cut(), "{error}");
    assert_eq!(
        server.requests().len(),
        2,
        "after an error there are no more pages"
    );

    let server = Server::always(|| {
        let body = r#"{"meta":{"total":0,"page":{"no":5,"offset":50,"size":10}},"results":[]}"#;
        json(200, body)
    })
    .await;
    let error = pages(&medipim(&server.url)).await.unwrap_err();
    assert!(error.is_unreadable(), "{error}");
}
