"""The one entry: `streamlit run dashboard.py` serves the application, and each rerun draws one page."""

import streamlit as st

from tracker.ui import frame, server

if __name__ == "__main__":
    frame.draw()
else:
    app = st.App(__file__, **server.settings())
