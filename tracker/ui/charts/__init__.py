"""Charts as pure functions: a result becomes rows and a Vega-Lite specification; nothing here knows Streamlit."""
