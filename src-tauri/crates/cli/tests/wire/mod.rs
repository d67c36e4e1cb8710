//! A line to a server that can be cut in the middle of anything, and mended.

use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    sync::watch,
};

/// A line to a server.
pub struct Wire {
    /// Where its near end is.
    pub base_url: String,
    whole: watch::Sender<bool>,
}

impl Wire {
    /// Lays a line to `base_url`, `http://HOST:PORT`.
    pub async fn lay(base_url: &str) -> Wire {
        let far = base_url.trim_start_matches("http://").to_owned();
        let near = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base_url = format!("http://{}", near.local_addr().unwrap());
        let (whole, seen) = watch::channel(true);
        tokio::spawn(async move {
            loop {
                let (stream, _) = near.accept().await.unwrap();
                tokio::spawn(carry(stream, far.clone(), seen.clone()));
            }
        });
        Wire { base_url, whole }
    }

    /// Ends what is open in the middle, and lets nothing new through.
    pub fn cut(&self) {
        self.whole.send_replace(false);
    }

    /// Lets new connections through again.
    pub fn mend(&self) {
        self.whole.send_replace(true);
    }
}

async fn carry(mut near: TcpStream, far: String, mut whole: watch::Receiver<bool>) {
    if !*whole.borrow_and_update() {
        return;
    }
    let Ok(mut far) = TcpStream::connect(far).await else {
        return;
    };
    tokio::select! {
        // Either end may leave whenever it likes.
        _ = copy_bidirectional(&mut near, &mut far) => {}
        // Both ends are dropped as they stand.
        _ = whole.changed() => {}
    }
}
